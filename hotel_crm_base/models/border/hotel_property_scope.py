"""What belongs to a property stays with properties of the user; see hotel.own.scope.mixin."""

from odoo import models


class HotelBuilding(models.Model):
    _name = "hotel.building"
    _inherit = ["hotel.building", "hotel.own.scope.mixin"]


class HotelRoomType(models.Model):
    _name = "hotel.room.type"
    _inherit = ["hotel.room.type", "hotel.own.scope.mixin"]


class HotelRoom(models.Model):
    _name = "hotel.room"
    _inherit = ["hotel.room", "hotel.own.scope.mixin"]


class HotelOutlet(models.Model):
    _name = "hotel.outlet"
    _inherit = ["hotel.outlet", "hotel.own.scope.mixin"]
