"""Django's registration of this app."""

from django.apps import AppConfig
from django.contrib.auth.apps import AuthConfig
from django.db.models.signals import post_migrate


class AccountsConfig(AuthConfig):
    """Django's accounts without its table of permissions: who may do what follows from memberships alone."""

    def ready(self) -> None:
        """Nothing is written into that table, which Django would fill with four rows for each model at every start."""
        super().ready()
        post_migrate.disconnect(dispatch_uid="django.contrib.auth.management.create_permissions")


class LearningsetsConfig(AppConfig):
    name = "learningsets"
    label = "learningsets"
    verbose_name = "Learning Sets"

    def ready(self) -> None:
        """Give Django's form messages this site's words, and have requests to sign looked at as they leave."""
        from learningsets import contracts, mail
        from learningsets.fields import use_own_words

        use_own_words()
        mail.look_again(contracts.ABOUT, contracts.look_again)
