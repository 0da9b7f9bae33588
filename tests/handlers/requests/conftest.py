from tests.handlers.requests.away import monday
from tests.handlers.requests.mornings import friday
from tests.handlers.requests.office import office

__all__ = ["friday", "monday", "office"]
