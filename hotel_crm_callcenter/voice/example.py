"""An example menu that a hotel can begin with: name, exit from the step before, kind, texts, and what follows."""

EN, ZH = "text_en", "text_zh"
BACK = {"kind": "goto", "goto": "Main menu"}


def _end(name, exit_, english, chinese):
    return {"name": name, "exit": exit_, "kind": "end", EN: english, ZH: chinese}


def _person(name, exit_, english="We are connecting you.", chinese="正在为您转接，请稍候。"):
    return {"name": name, "exit": exit_, "kind": "person", EN: english, ZH: chinese}


def _serve(name, exit_, service, *children):
    return {"name": name, "exit": exit_, "kind": "service", "service": service, "steps": list(children)}


def _proven(name, exit_, service):
    """A personal service behind a proof; after it the main menu again."""
    serve = _serve(name, "ok", service, {**BACK, "name": f"{name}: back", "exit": "next"})
    person = _person(f"{name}: person", "failed")
    return {"name": f"{name}: proof", "exit": exit_, "kind": "identify", "steps": [serve, person]}


MENU = {
    "name": "Main menu",
    "exit": "next",
    "kind": "menu",
    EN: "For your points, press 1. For your booking, press 2. To book a room, press 3. To leave a complaint, "
    "press 4. To be called back, press 5. If you do not want to be called any more, press 9. To speak to us, press 0.",
    ZH: "查询积分请按1，查询预订请按2，预订客房请按3，投诉请按4，回电请按5，如不希望再接到来电请按9，人工服务请按0。",
    "steps": [
        _proven("Points", "1", "points"),
        _proven("Booking", "2", "booking"),
        {
            "name": "Arrival",
            "exit": "3",
            "kind": "ask",
            "slot": "arrival",
            EN: "Please enter the day of your arrival with four digits, month and day.",
            ZH: "请输入四位入住日期，月和日。",
            "steps": [
                {
                    "name": "Nights",
                    "exit": "next",
                    "kind": "ask",
                    "slot": "nights",
                    EN: "How many nights? Then press the hash key.",
                    ZH: "请输入入住晚数，按井号键结束。",
                    "steps": [
                        _serve(
                            "Request",
                            "next",
                            "request_booking",
                            _end("Requested", "next", "Thank you for calling. Goodbye.", "感谢您的来电，再见。"),
                        )
                    ],
                }
            ],
        },
        {
            "name": "Complaint",
            "exit": "4",
            "kind": "record",
            EN: "Please say what happened after the tone. What you say is recorded.",
            ZH: "请在提示音后留言，您的留言将被录音。",
            "steps": [_serve("Complaint noted", "next", "complaint", _end("Heard", "next", "Goodbye.", "再见。"))],
        },
        _serve("Call back", "5", "callback", _end("Promised", "next", "Goodbye.", "再见。")),
        _serve("No more calls", "9", "do_not_call", _end("Noted", "next", "Goodbye.", "再见。")),
        _person("Somebody", "0"),
        _person("Not understood", "else"),
    ],
}
FLOW = {
    "name": "Language",
    "kind": "language",
    "steps": [
        {
            "name": "Welcome",
            "exit": "next",
            "kind": "say",
            EN: "Welcome to our hotel.",
            ZH: "欢迎致电本酒店。",
            "steps": [
                {
                    "name": "Hours",
                    "exit": "next",
                    "kind": "hours",
                    "steps": [
                        {
                            "name": "Caller",
                            "exit": "open",
                            "kind": "caller",
                            "steps": [_person("VIP", "vip"), {**MENU, "exit": "other"}],
                        },
                        {
                            "name": "Closed",
                            "exit": "closed",
                            "kind": "say",
                            EN: "Our reservations office is closed now.",
                            ZH: "预订部现已下班。",
                            "steps": [{**BACK, "name": "Closed: menu", "exit": "next"}],
                        },
                    ],
                }
            ],
        }
    ],
}
OUTBOUND = {
    "name": "Greeting",
    "kind": "menu",
    EN: "Hello, this is your hotel. To speak to us, press 1. If you do not want to be called any more, press 9.",
    ZH: "您好，这里是酒店回访。人工服务请按1，如不希望再接到来电请按9。",
    "steps": [
        _person("Somebody", "1"),
        _serve("No more calls", "9", "do_not_call", _end("Noted", "next", "Goodbye.", "再见。")),
        _end("No answer", "else", "Goodbye.", "再见。"),
    ],
}
