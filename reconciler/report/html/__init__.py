"""The HTML format: one file for people, without anything that a browser would fetch.

`page` has the sections in order. Geometry is computed here as plain numbers; templates write all markup, and escape
every value.
"""

from reconciler.report.html.page import render_html

__all__ = ["render_html"]
