"""Label: the app asks for one row at a time, a press of a key answers."""

from pages.components.around.frame import page_frame
from pages.components.desk.desk import draw_desk, draw_freshness
from pages.components.desk.panels.panels import draw_panel

project = page_frame("label", needs_project=True)
if project is not None:
    draw_desk(project)
    draw_freshness(project)
    draw_panel(project)
