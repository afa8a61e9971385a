#include "crypto/plain.hpp"

#include <algorithm>
#include <cstdlib>
#include <latch>
#include <memory>
#include <pthread.h>
#include <stdexcept>
#include <string_view>
#include <type_traits>
#include <utility>

#include <catch2/catch.hpp>

using crypto::plain;

static_assert(!std::is_copy_constructible_v<plain> && !std::is_copy_assignable_v<plain>);
static_assert(std::is_nothrow_move_constructible_v<plain> && std::is_nothrow_move_assignable_v<plain>);

namespace {
bool all_zero(crypto::byte_view view) {
    return std::ranges::all_of(view, [](std::uint8_t byte) { return byte == 0; });
}

constexpr std::string_view marker = "left behind on the stack";

// Called by a pointer that nobody can follow at compile time, so that the array below stays one.
void write_marker(char* to) { std::ranges::copy(marker, to); }
void (*volatile const write)(char*) = write_marker;

// A call that leaves the marker 64 KiB below its caller. Not looked after by the sanitizer, which would keep
// such an array elsewhere.
[[gnu::noinline, clang::no_sanitize("address")]] void leave_marker() {
    char deep[64 * 1024];
    write(deep);
}

// A thread on a stack of our own that left the marker there. It waits while somebody looks: a library may
// clear the stack of a thread that ends.
class worked {
  public:
    explicit worked(bool wipes) : wipes_(wipes) {
        pthread_attr_t attributes;
        REQUIRE(::pthread_attr_init(&attributes) == 0);
        REQUIRE(::pthread_attr_setstack(&attributes, stack_.get(), size) == 0);
        REQUIRE(::pthread_create(&thread_, &attributes, run, this) == 0);
        ::pthread_attr_destroy(&attributes);
        done_.wait();
    }
    worked(const worked&) = delete;
    worked& operator=(const worked&) = delete;
    ~worked() {
        seen_.count_down();
        ::pthread_join(thread_, nullptr);
    }
    [[nodiscard]] bool leaves_marker() const { return std::string_view(stack_.get(), size).contains(marker); }

  private:
    static constexpr std::size_t size = 1 << 20;
    static void* run(void* self) {
        auto& own = *static_cast<worked*>(self);
        leave_marker();
        if (own.wipes_) crypto::wipe_stack();
        own.done_.count_down();
        own.seen_.wait();
        return nullptr;
    }

    bool wipes_;
    std::latch done_{1}, seen_{1};
    std::unique_ptr<char, void (*)(void*)> stack_{static_cast<char*>(std::aligned_alloc(4096, size)),
                                                  std::free};
    pthread_t thread_{};
};
}  // namespace

TEST_CASE("a plain of a size is zero, and one of no size has no memory") {
    const plain some(1000);
    CHECK(some.size() == 1000);
    CHECK(all_zero(some.view()));
    const plain none(0);
    CHECK(none.empty());
    CHECK(none.view().data() == nullptr);
    CHECK(none.copy().empty());
    CHECK(plain::random(0).empty());
}

TEST_CASE("a moved plain leaves nothing behind") {
    plain from = plain::copy_of("secret");
    plain to = std::move(from);
    CHECK(to.text() == "secret");
    CHECK(from.empty());  // NOLINT(bugprone-use-after-move): that is the question
    plain over = plain::copy_of("other");
    over = std::move(to);
    CHECK(over.text() == "secret");
    CHECK(to.empty());  // NOLINT(bugprone-use-after-move)
    plain& same = over;
    over = std::move(same);
    CHECK(over.text() == "secret");
}

TEST_CASE("a copy has its own memory") {
    plain first = plain::copy_of("abc");
    const plain second = first.copy();
    first.span()[0] = 'x';
    CHECK(second.text() == "abc");
}

TEST_CASE("shrinking zeroes what falls away, keeps the place and never grows") {
    plain text = plain::copy_of("0123456789");
    const auto whole = text.span();
    text.shrink(4);
    CHECK(text.text() == "0123");
    CHECK(text.span().data() == whole.data());
    CHECK(all_zero(whole.subspan(4)));
    CHECK_THROWS_AS(text.shrink(5), std::logic_error);
    text.shrink(0);
    CHECK(text.empty());
    CHECK(all_zero(whole));
}

TEST_CASE("random plains differ") {
    CHECK_FALSE(std::ranges::equal(plain::random(32).view(), plain::random(32).view()));
}

TEST_CASE("a secret has exactly its size") {
    using three = crypto::secret<struct three_tag, 3>;
    CHECK(three::from(crypto::as_bytes("abc")).has_value());
    CHECK_FALSE(three::from(crypto::as_bytes("ab")).has_value());
    CHECK_FALSE(three::from(crypto::as_bytes("abcd")).has_value());
    const three original = *three::from(crypto::as_bytes("abc"));
    CHECK(crypto::as_text(original.copy().view()) == "abc");
    CHECK(all_zero(three().view()));
}

#if !__has_feature(thread_sanitizer)  // which sees that one thread reads what lies on another's stack
TEST_CASE("wiping the stack overwrites what calls that returned left there") {
    CHECK(worked(false).leaves_marker());
    CHECK_FALSE(worked(true).leaves_marker());
}
#endif
