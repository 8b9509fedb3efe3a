"""The REST API: what the pages show, as JSON, described by OpenAPI 3.1."""
