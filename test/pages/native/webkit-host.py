"""
A native app with one web view, for the tests: `webkit-host.py ADDRESS`.

The page has the real `window.webkit.messageHandlers` of WebKit. The test controls the app by lines of JSON:

in:  {"load": true}                                loads the page
     {"register": "plain" | "reply" | "refusal"}   adds the handler personeticsApple
     {"unregister": true}                          removes the handler
     {"evaluate": SCRIPT, "id": ANY}               runs a script in the page, as native code does
out: {"loaded": ADDRESS}                           the page has loaded
     {"message": TEXT}                             the page has posted this string
     {"id": ANY, "result": TEXT} or {"id": ANY, "error": TEXT}

A handler of the kind "reply" resolves each message with {"ok": true, "got": TEXT}; one of the kind "refusal" rejects
it. The app ends when its input is closed.
"""

import json
import sys

import gi

gi.require_version("Gtk", "3.0")
gi.require_version("WebKit2", "4.1")
from gi.repository import GLib, Gtk, WebKit2

NAME = "personeticsApple"


def send(**message):
    print(json.dumps(message), flush=True)


class Host:
    def __init__(self, address):
        self.content = WebKit2.UserContentManager()
        self.content.connect(f"script-message-received::{NAME}", self.on_message)
        self.content.connect(f"script-message-with-reply-received::{NAME}", self.on_request)
        self.kind = "plain"
        self.view = WebKit2.WebView(user_content_manager=self.content)
        self.view.connect("load-changed", self.on_load)
        window = Gtk.Window()
        window.add(self.view)
        window.show_all()
        self.address = address

    def on_load(self, _view, event):
        if event == WebKit2.LoadEvent.FINISHED:
            send(loaded=self.view.get_uri())

    def on_message(self, _content, result):
        send(message=result.get_js_value().to_string())

    def on_request(self, _content, value, reply):
        send(message=value.to_string())
        if self.kind == "refusal":
            reply.return_error_message("refused: " + value.to_string())
        else:
            answer = json.dumps({"ok": True, "got": value.to_string()})
            reply.return_value(value.get_context().evaluate(f"({answer})", -1))
        return True

    def register(self, kind):
        self.kind = kind
        if kind == "plain":
            self.content.register_script_message_handler(NAME)
        else:
            self.content.register_script_message_handler_with_reply(NAME, None)

    def evaluate(self, script, id):
        def done(view, result):
            try:
                send(id=id, result=view.evaluate_javascript_finish(result).to_string())
            except GLib.Error as error:
                send(id=id, error=error.message)

        self.view.evaluate_javascript(script, -1, None, None, None, done)

    def handle(self, line):
        order = json.loads(line)
        if "register" in order:
            self.register(order["register"])
        if "load" in order:
            self.view.load_uri(self.address)
        if "unregister" in order:
            self.content.unregister_script_message_handler(NAME)
        if "evaluate" in order:
            self.evaluate(order["evaluate"], order.get("id"))


def on_input(channel, _condition, host):
    line = channel.readline()
    if line:
        host.handle(line)
        return True
    Gtk.main_quit()
    return False


host = Host(sys.argv[1])
GLib.io_add_watch(GLib.IOChannel.unix_new(0), GLib.PRIORITY_DEFAULT, GLib.IO_IN | GLib.IO_HUP, on_input, host)
Gtk.main()
