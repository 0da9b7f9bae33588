from tests.handlers.cover.rota_office import rota
from tests.handlers.requests.office import office
from tests.handlers.sites.life_office import approved

__all__ = ["approved", "office", "rota"]
