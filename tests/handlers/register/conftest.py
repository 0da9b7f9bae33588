from tests.handlers.cover.rota_office import rota
from tests.handlers.register.calendar_office import calendars
from tests.handlers.register.register_office import readers

__all__ = ["calendars", "readers", "rota"]
