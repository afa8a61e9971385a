// What can be logged is a type: a text that came from a visitor does not compile. And what a line looks like.
#include "base/watch/log.hpp"

#include <array>
#include <string>
#include <unistd.h>
#include <vector>

#include <catch2/catch.hpp>

namespace {

enum class sample { full, broken };
std::string_view text(sample one) { return one == sample::full ? "The disk is full." : "It is broken."; }

template <class To, class From>
concept takes = requires(From from) { To{from}; } || requires(From from) { To{{from}}; } ||
                requires(From from) { watch::named{"name", from}; } ||
                requires(From from) { watch::named{"name", {from}}; } ||
                requires(From from) { watch::named{"name", {{from}}}; };

static_assert(!std::is_convertible_v<std::string, watch::value>);
static_assert(!std::is_convertible_v<const std::string&, watch::value>);
static_assert(!std::is_convertible_v<std::string_view, watch::value>);
static_assert(!std::is_convertible_v<std::vector<char>, watch::value>);
static_assert(!std::is_convertible_v<std::string, watch::word>);
static_assert(!std::is_convertible_v<std::string_view, watch::word>);
static_assert(!std::is_convertible_v<std::string_view, watch::configured>);
static_assert(!std::is_constructible_v<watch::value, std::string>);
static_assert(!takes<watch::value, std::string>);
static_assert(!takes<watch::value, std::string_view>);
static_assert(!std::is_invocable_v<decltype(&watch::note), std::string, std::initializer_list<watch::named>>);
// And the checks above see what does go in.
static_assert(takes<watch::value, int>);
static_assert(takes<watch::value, watch::configured>);
static_assert(std::is_constructible_v<watch::value, sample>);

// What a call writes on stderr.
template <class Call>
std::string written(Call call) {
    std::array<int, 2> pipe{};
    REQUIRE(::pipe(pipe.data()) == 0);
    int kept = ::dup(STDERR_FILENO);
    ::dup2(pipe[1], STDERR_FILENO);
    call();
    ::dup2(kept, STDERR_FILENO);
    ::close(kept);
    ::close(pipe[1]);
    std::string out(4096, '\0');
    auto size = ::read(pipe[0], out.data(), out.size());
    ::close(pipe[0]);
    out.resize(size > 0 ? static_cast<std::size_t>(size) : 0);
    return out;
}

}  // namespace

TEST_CASE("log: a line is the program, the words, and names with values") {
    CHECK(written([] { watch::note("started"); }) == "unit_watch: started\n");
    CHECK(written([] { watch::fault("refused", {{"why", sample::full}, {"tries", -3}}); }) ==
          "unit_watch: fault: refused why=The disk is full. tries=-3\n");
    std::string file = "/etc/baken.toml";
    CHECK(written([&] {
              watch::note("read", {{"file", watch::configured{file}}, {"rows", std::size_t{7}}});
          }) == "unit_watch: read file=/etc/baken.toml rows=7\n");
    CHECK(written([] { watch::note(sample::broken); }) == "unit_watch: It is broken.\n");
}
