"""What stands around every page: the frame and the sidebar."""
