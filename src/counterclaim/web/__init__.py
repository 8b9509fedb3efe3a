"""The pages: rendered here, of use without JavaScript, and made lively by htmx where there is some."""
