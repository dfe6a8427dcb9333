"""A person who signs in."""

from typing import Any, ClassVar

from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.translation import gettext_lazy as _

from learningsets.names import greeting_name


class UserManager(BaseUserManager["User"]):
    """Makes users. Nobody has a password: people sign in with a code sent to their address."""

    def create_user(self, email: str, name: str = "", **fields: Any) -> "User":
        """A saved user with an unusable password; `email` is stripped and lower-cased."""
        user = self.model(email=email.strip().lower(), name=name.strip(), password=self.unusable(), **fields)
        user.save(using=self._db)
        return user

    def unusable(self) -> str:
        """A new password that nothing matches. It is part of every session's check: a new one ends them all."""
        return make_password(None)


class User(AbstractBaseUser):
    """A person. There is no `last_login`: no row that names a person holds the time of an act."""

    last_login = None  # removes the inherited field (docs/anonymity.md, "Channels": times)
    email = models.EmailField(_("e-mail address"), max_length=254, unique=True)
    name = models.CharField(_("name"), max_length=200)
    language = models.CharField(_("language"), max_length=10, default="en-gb")
    is_active = models.BooleanField(default=True)
    is_example = models.BooleanField(default=False)  # a fictional member of the worked example

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        ordering = ("name", "id")

    def __str__(self) -> str:
        return self.name or self.email

    def get_full_name(self) -> str:
        """The name as the person gave it."""
        return self.name

    def get_short_name(self) -> str:
        """The first given name, for greetings."""
        return greeting_name(self.name)
