from . import care
