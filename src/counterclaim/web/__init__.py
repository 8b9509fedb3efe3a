"""Pages: what the views say, as HTML and SVG that need no JavaScript; no logic of their own."""
