#include "client/terminal.hpp"

#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <string_view>
#include <termios.h>
#include <unistd.h>

#include "client/files.hpp"

namespace client {
namespace {

constexpr std::size_t longest_line = 4096;

// The terminal while one question is open. Signals that would leave the echo off wait until it is on again.
class terminal {
  public:
    explicit terminal(bool echo) : descriptor_(::open("/dev/tty", O_RDWR | O_NOCTTY | O_CLOEXEC)) {
        if (descriptor_ < 0 || echo) return;
        sigset_t held;
        sigemptyset(&held);
        for (int signal : {SIGINT, SIGTERM, SIGHUP, SIGTSTP, SIGQUIT}) sigaddset(&held, signal);
        if (::tcgetattr(descriptor_, &before_) != 0) return;
        ::sigprocmask(SIG_BLOCK, &held, &mask_);
        auto silent = before_;
        silent.c_lflag &= ~static_cast<tcflag_t>(ECHO | ISIG);
        silenced_ = true;
        ::tcsetattr(descriptor_, TCSAFLUSH, &silent);
    }
    terminal(const terminal&) = delete;
    terminal& operator=(const terminal&) = delete;
    ~terminal() {
        if (silenced_) {
            ::tcsetattr(descriptor_, TCSAFLUSH, &before_);
            ::sigprocmask(SIG_SETMASK, &mask_, nullptr);
            say("\n");
        }
        if (descriptor_ >= 0) ::close(descriptor_);
    }

    [[nodiscard]] bool there() const { return descriptor_ >= 0; }
    void say(std::string_view text) const { (void)!::write(descriptor_, text.data(), text.size()); }

    // One line without its newline; nothing where it was interrupted (Ctrl-C), ended or is too long.
    [[nodiscard]] std::optional<crypto::plain> line() const {
        crypto::plain out(longest_line);
        auto to = out.span();
        std::size_t size = 0;
        for (;;) {
            std::uint8_t c = 0;
            auto got = ::read(descriptor_, &c, 1);
            if (got < 0 && errno == EINTR) continue;
            if (got <= 0 || c == 0x03 || size == to.size()) return std::nullopt;
            if (c == '\n' || c == '\r') break;
            to[size++] = c;
        }
        out.shrink(size);
        return out;
    }

  private:
    int descriptor_;
    bool silenced_ = false;
    termios before_{};
    sigset_t mask_{};
};

}  // namespace

result<crypto::plain> ask_secret(const std::string& question, const std::string& instead) {
    terminal tty(false);
    if (!tty.there()) return refuse("There is no terminal to ask for a passphrase. " + instead);
    tty.say(question + ": ");
    auto line = tty.line();
    if (!line) return std::unexpected(errc::interrupted);
    if (line->empty()) return refuse("The passphrase is empty; type one.");
    return std::move(*line);
}

result<bool> ask_yes(const std::string& question, const std::string& instead) {
    terminal tty(true);
    if (!tty.there()) return refuse("There is no terminal to ask for a confirmation. " + instead);
    tty.say(question + " [y/N] ");
    auto line = tty.line();
    if (!line) return std::unexpected(errc::interrupted);
    return line->text() == "y" || line->text() == "Y" || line->text() == "yes";
}

result<crypto::plain> read_passphrase(const std::string& passphrase_file, const std::string& question) {
    if (passphrase_file.empty()) return ask_secret(question, "Use --passphrase-file FILE.");
    auto text = read_private_file(passphrase_file, longest_line);
    if (!text) return text;
    if (text->text().ends_with('\n')) text->shrink(text->size() - 1);
    if (text->empty()) return refuse(passphrase_file + " holds no passphrase; write one into it.");
    return text;
}

result<crypto::plain> new_passphrase(const std::string& passphrase_file, const std::string& path) {
    auto first = read_passphrase(passphrase_file, "New passphrase of " + path);
    if (!first || !passphrase_file.empty()) return first;
    auto second = ask_secret("Once more", "Use --passphrase-file FILE.");
    if (!second) return second;
    if (first->text() != second->text()) return refuse("The two passphrases differ; start again.");
    return first;
}

}  // namespace client
