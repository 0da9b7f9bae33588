from tests.handlers.cover.rota_office import rota

__all__ = ["rota"]
