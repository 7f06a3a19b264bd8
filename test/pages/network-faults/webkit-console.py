"""
A web view whose console can be read, for the tests: WebKit's driver does not give it.

Each line of the input is an address to load. Each line of the output is the new title of a page, and each line of the error
output one of the console, which the engine writes there itself. It ends when its input is closed.
"""

import sys

import gi

gi.require_version("Gtk", "3.0")
gi.require_version("WebKit2", "4.1")
from gi.repository import GLib, Gtk, WebKit2

view = WebKit2.WebView()
view.get_settings().set_enable_write_console_messages_to_stdout(True)
view.connect("notify::title", lambda *_: view.get_title() and print(view.get_title(), flush=True))
window = Gtk.Window()
window.add(view)
window.show_all()


def on_input(channel, _condition):
    line = channel.readline()
    if line:
        view.load_uri(line.strip())
        return True
    Gtk.main_quit()
    return False


GLib.io_add_watch(GLib.IOChannel.unix_new(0), GLib.PRIORITY_DEFAULT, GLib.IO_IN | GLib.IO_HUP, on_input)
Gtk.main()
