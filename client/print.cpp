#include "client/print.hpp"

#include <cerrno>
#include <unistd.h>

#include "client/here/wrapped.hpp"

namespace desk {
namespace {

bool write_all(int to, std::string_view text) {
    while (!text.empty()) {
        auto put = ::write(to, text.data(), text.size());
        if (put < 0 && errno == EINTR) continue;
        if (put <= 0) return false;
        text.remove_prefix(static_cast<std::size_t>(put));
    }
    return true;
}

}  // namespace

bool print(std::string_view text) { return write_all(STDOUT_FILENO, text); }
bool print_error(std::string_view text) { return write_all(STDERR_FILENO, text); }

void print_sentence(std::string_view sentence) {
    if (::isatty(STDERR_FILENO))
        print_error(client::wrapped(sentence, "baken: ", "  ", client::terminal_columns(STDERR_FILENO)));
    else
        print_error("baken: " + escaped(sentence) + "\n");
}

void progress(std::string_view text) {
    if (::isatty(STDERR_FILENO)) print_error(text);
}

}  // namespace desk
