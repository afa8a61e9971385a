#include "client/here/terminal.hpp"

#include <array>
#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <poll.h>
#include <string_view>
#include <termios.h>
#include <unistd.h>

#include <fmt/format.h>

#include "base/text/utf8.hpp"
#include "client/here/files.hpp"
#include "client/here/passphrase_spellings.hpp"

namespace client {
namespace {

constexpr std::size_t longest_line = 4096;

// Those that would end the program with the echo off.
constexpr std::array ending{SIGINT, SIGTERM, SIGHUP, SIGQUIT};

volatile std::sig_atomic_t caught = 0;

// The terminal while one question is open. A signal is let through only while the answer is waited for: then
// the echo is on again before it does what it always does.
class terminal {
  public:
    explicit terminal(bool echo) : descriptor_(::open("/dev/tty", O_RDWR | O_NOCTTY | O_CLOEXEC)) {
        if (descriptor_ < 0 || echo || ::tcgetattr(descriptor_, &before_) != 0) return;
        sigset_t held;
        sigemptyset(&held);
        for (int signal : ending) sigaddset(&held, signal);
        sigaddset(&held, SIGTSTP);
        ::sigprocmask(SIG_BLOCK, &held, &mask_);
        waiting_ = mask_;
        sigaddset(&waiting_, SIGTSTP);
        struct sigaction action{};
        action.sa_handler = [](int signal) { caught = signal; };
        sigemptyset(&action.sa_mask);
        caught = 0;
        for (std::size_t i = 0; i < ending.size(); ++i) ::sigaction(ending[i], &action, &actions_[i]);
        auto silent = before_;
        silent.c_lflag &= ~static_cast<tcflag_t>(ECHO);
        silenced_ = true;
        ::tcsetattr(descriptor_, TCSAFLUSH, &silent);
    }
    terminal(const terminal&) = delete;
    terminal& operator=(const terminal&) = delete;
    ~terminal() {
        if (silenced_) {
            ::tcsetattr(descriptor_, TCSAFLUSH, &before_);
            say("\n");
            for (std::size_t i = 0; i < ending.size(); ++i) ::sigaction(ending[i], &actions_[i], nullptr);
            if (caught != 0) ::raise(caught);
            ::sigprocmask(SIG_SETMASK, &mask_, nullptr);
        }
        if (descriptor_ >= 0) ::close(descriptor_);
    }

    [[nodiscard]] bool there() const { return descriptor_ >= 0; }
    void say(std::string_view text) const { (void)!::write(descriptor_, text.data(), text.size()); }

    // One line without its newline; nothing where it was interrupted, ended or is too long.
    [[nodiscard]] std::optional<crypto::plain> line() const {
        crypto::plain out(longest_line);
        auto to = out.span();
        std::size_t size = 0;
        for (;;) {
            if (!wait()) return std::nullopt;
            std::uint8_t c = 0;
            auto got = ::read(descriptor_, &c, 1);
            if (got < 0 && errno == EINTR) continue;
            if (got <= 0 || size == to.size()) return std::nullopt;
            if (c == '\n' || c == '\r') break;
            to[size++] = c;
        }
        out.shrink(size);
        return out;
    }

  private:
    // False: a signal came instead.
    [[nodiscard]] bool wait() const {
        if (!silenced_) return true;
        pollfd one{descriptor_, POLLIN, 0};
        while (::ppoll(&one, 1, nullptr, &waiting_) < 0) {
            if (caught != 0 || errno != EINTR) return false;
        }
        return caught == 0;
    }

    int descriptor_;
    bool silenced_ = false;
    termios before_{};
    sigset_t mask_{}, waiting_{};
    std::array<struct sigaction, ending.size()> actions_{};
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
    return passphrase_in(std::move(*text), passphrase_file);
}

result<crypto::plain> new_passphrase(const std::string& passphrase_file, const std::string& path) {
    auto first = read_passphrase(passphrase_file, "New passphrase of " + path);
    if (!first) return first;
    if (first->size() < least_passphrase)
        return refuse(
            fmt::format("A passphrase of fewer than {} characters is soon guessed by a thief of the file; "
                        "use four words or more.",
                        least_passphrase));
    if (!base::is_utf8(first->text()))
        return refuse(passphrase_file.empty()
                          ? "The passphrase is not UTF-8: set the terminal to UTF-8, or type only letters "
                            "without accents."
                          : passphrase_file + " is not UTF-8; save it as UTF-8.");
    // So that it opens from every keyboard.
    auto out = composed(*first);
    if (!passphrase_file.empty()) return out;
    auto second = ask_secret("Once more", "Use --passphrase-file FILE.");
    if (!second) return second;
    if (out.text() != composed(*second).text()) return refuse("The two passphrases differ; start again.");
    return out;
}

}  // namespace client
