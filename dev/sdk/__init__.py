"""Clients of the REST API, written from its OpenAPI document."""
