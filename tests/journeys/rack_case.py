"""What tests of the room rack in a browser share: a house, and pressing, moving and letting go."""

from journey_browser import JourneyCase

BAR = ".o_hotel_rack_bar[data-stay-id='%s']"
ROOM = ".o_hotel_rack_row[data-room-id='%s'] .o_hotel_rack_track"


class RackJourneyCase(JourneyCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for lang in ("en_US", "zh_CN"):
            cls.env["res.lang"]._activate_lang(lang)
        cls._make_hotels()
        cls.hotel.is_day_end_automatic = False
        cls.today = cls.hotel.business_date
        for lang in ("en_US", "zh_CN"):
            cls._make_user("front_office", login=f"rack_{lang}", lang=lang, tz="Asia/Shanghai")

    @classmethod
    def _make_house(cls, rooms, room_type=None):
        """Make rooms on floors of ten."""
        building = cls.env["hotel.building"].create({"name": "Main", "property_id": cls.hotel.id})
        levels = range(1, (rooms + 9) // 10 + 1)
        floors = cls.env["hotel.floor"].create(
            [{"name": str(level), "level": level, "building_id": building.id} for level in levels]
        )
        place = {"property_id": cls.hotel.id, "room_type_id": (room_type or cls.room_type).id}
        return cls.env["hotel.room"].create(
            [
                {"name": f"{number // 10 + 1}{number % 10 + 1:02}", "floor_id": floors[number // 10].id, **place}
                for number in range(rooms)
            ]
        )

    def _middle(self, page, selector, share=0.5):
        """Return a point on an element: its middle, or so far from its left end."""
        return page.evaluate(
            f"""(() => {{ const box = document.querySelector({selector!r}).getBoundingClientRect();
                return [box.x + box.width * {share}, box.y + box.height / 2]; }})()"""
        )

    def _day(self, page, room, offset):
        """Return the middle of a cell: a room and a number of days from the first one."""
        x, y = self._middle(page, ROOM % room.id, 0)
        width = page.evaluate("document.querySelector('.o_hotel_rack_day').getBoundingClientRect().width")
        return [x + (offset + 0.5) * width, y]

    def _drag(self, page, start, end, steps=12):
        """Press, move in steps and let go."""
        page.point("mousePressed", *start)
        for step in range(1, steps + 1):
            page.point("mouseMoved", *(a + (b - a) * step / steps for a, b in zip(start, end, strict=True)))
        page.evaluate("new Promise(requestAnimationFrame)")
        page.shoot("dragging")
        page.point("mouseReleased", *end)
