from tests.handlers.requests.office import office

__all__ = ["office"]
