"""The frame around every page: page config, navigation, the sidebar with the open project.

Start it with ``streamlit run app.py``.
"""

from pages.components.around.frame import draw_frame

draw_frame()
