"""Every other line of Streamlit code: a room a page, over what all of them share."""
