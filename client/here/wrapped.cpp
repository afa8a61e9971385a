#include "client/here/wrapped.hpp"

#include <algorithm>
#include <cwchar>
#include <locale.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "base/text/utf8.hpp"
#include "client/here/escaped.hpp"

namespace client {
namespace {

constexpr std::size_t usual_columns = 80;
constexpr std::size_t least_room = 4;
constexpr std::size_t tab = 8;
// A terminal keeps a few marks for each letter; what heaps up more of them may not hide for nothing.
constexpr int most_marks = 8;
constexpr char32_t emoji_form = 0xfe0f;  // makes a narrow sign a wide one, in some terminals

// The C library's widths of Unicode, whatever the language of the machine is.
int width_of(char32_t point) {
    if (point < 0x80) return point < 0x20 || point == 0x7f ? -1 : 1;
    static const locale_t unicode = ::newlocale(LC_CTYPE_MASK, "C.UTF-8", nullptr);
    if (!unicode) return -1;
    const locale_t before = ::uselocale(unicode);
    const int out = ::wcwidth(static_cast<wchar_t>(point));
    ::uselocale(before);
    return out;
}

// Walks over a text and says of each letter how many columns it takes.
class ruler {
  public:
    std::size_t take(char32_t point) {
        const int width = width_of(point);
        if (width < 0) return marks_ = 0, 2;  // not known here: as wide as a letter can be
        if (width > 0) return marks_ = 0, static_cast<std::size_t>(width);
        return ++marks_ > most_marks || point == emoji_form ? 1 : 0;
    }

  private:
    int marks_ = 0;
};

struct letter {
    std::size_t size, columns;
};
letter first_letter(std::string_view text, ruler& ruler) {
    const auto before = text.size();
    const auto point = base::take_point(text);
    if (!point) return {1, 4};  // never of an escaped text
    return {before - text.size(), ruler.take(*point)};
}

std::string without_tabs(std::string_view line) {
    std::string out;
    std::size_t at = 0;
    ruler ruler;
    while (!line.empty()) {
        if (line.front() == '\t') {
            out.append(tab - at % tab, ' ');
            at += tab - at % tab;
            line.remove_prefix(1);
            continue;
        }
        const auto [size, columns] = first_letter(line, ruler);
        out.append(line.substr(0, size));
        at += columns;
        line.remove_prefix(size);
    }
    return out;
}

// How many bytes of the line make its next piece: as many as fit, back to the last space among them.
std::size_t piece_of(std::string_view line, std::size_t room) {
    std::size_t at = 0, used = 0, space = 0;
    ruler ruler;
    while (at < line.size()) {
        const auto [size, columns] = first_letter(line.substr(at), ruler);
        if (used + columns > room && at > 0) return line[at] == ' ' || space == 0 ? at : space;
        if (line[at] == ' ') space = at + size;
        at += size;
        used += columns;
    }
    return at;
}

std::size_t room_beside(std::string_view prefix, std::size_t columns) {
    const auto taken = columns_of(prefix);
    return std::max(columns, taken + least_room) - taken;
}

}  // namespace

std::size_t terminal_columns(int descriptor) {
    const auto asked = [](int of) -> std::size_t {
        winsize size{};
        return ::ioctl(of, TIOCGWINSZ, &size) == 0 ? size.ws_col : 0;
    };
    if (const auto own = asked(descriptor); own > 0) return own;
    for (const int other : {STDERR_FILENO, STDIN_FILENO})
        if (const auto columns = asked(other); columns > 0) return std::min(columns, usual_columns);
    return usual_columns;
}

std::size_t columns_of(std::string_view text) {
    std::size_t out = 0;
    for (ruler ruler; !text.empty();) {
        const auto [size, columns] = first_letter(text, ruler);
        out += columns;
        text.remove_prefix(size);
    }
    return out;
}

std::string wrapped(std::string_view text, std::string_view first, std::string_view further,
                    std::size_t columns) {
    const auto shown = escaped(text);
    std::string out;
    auto prefix = first;
    for (std::string_view rest = shown;;) {
        const auto end = rest.find('\n');
        const auto whole = without_tabs(rest.substr(0, end));
        std::string_view line = whole;
        do {
            const auto piece = piece_of(line, room_beside(prefix, columns));
            auto now = line.substr(0, piece);
            line.remove_prefix(piece);
            if (!line.empty()) {
                now = now.substr(0, now.find_last_not_of(' ') + 1);
                line.remove_prefix(std::min(line.find_first_not_of(' '), line.size()));
            }
            out.append(prefix).append(now).append("\n");
            prefix = further;
        } while (!line.empty());
        if (end == std::string_view::npos) return out;
        rest.remove_prefix(end + 1);
    }
}

}  // namespace client
