"""Many people at once: clients that speak Streamlit's websocket protocol, and their server."""
