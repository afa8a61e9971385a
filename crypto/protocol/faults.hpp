// Reading an object member by member while collecting every fault, so that a writer hears all of them at
// once. The codes are the closed list of the interface (schema/openapi.json).
#pragma once

#include <functional>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "crypto/encoding.hpp"
#include "crypto/protocol/calendar.hpp"
#include "crypto/protocol/json.hpp"

namespace protocol {

struct fault {
    std::string location;  // JSON pointer into the body, or the name of a parameter
    std::string code;
    std::string detail;  // one plain sentence; never what the sender wrote
};
using faults = std::vector<fault>;

// How many unknown members of one object are told: a sender's names must not make an answer as large as
// they like.
inline constexpr std::size_t most_unknown = 20;

enum class unknown { refuse, ignore };

// One object. Each reading names the member; where it is missing or wrong, a fault is added and
// something empty comes back. finish() adds a fault for every member that nobody asked for, where
// unknown members are refused.
class reading {
  public:
    reading(const json::object& object, std::string location, faults& found, unknown policy)
        : object_(object), location_(std::move(location)), found_(found), policy_(policy) {}

    [[nodiscard]] std::string text(std::string_view name, std::size_t max = 65536);
    // As text, but may be absent (then empty).
    [[nodiscard]] std::string text_or_empty(std::string_view name, std::size_t max = 65536);
    // Absent and null are nothing.
    [[nodiscard]] std::optional<std::string> text_or_null(std::string_view name, std::size_t max = 65536);
    [[nodiscard]] std::string one_of(std::string_view name, std::initializer_list<std::string_view> codes);
    [[nodiscard]] bool boolean(std::string_view name);
    [[nodiscard]] bool boolean_or(std::string_view name, bool otherwise);
    [[nodiscard]] std::int64_t integer(std::string_view name);
    [[nodiscard]] day date(std::string_view name);
    [[nodiscard]] crypto::uuid id(std::string_view name);
    [[nodiscard]] crypto::bytes binary(std::string_view name);
    template <std::size_t N>
    [[nodiscard]] crypto::block<N> block(std::string_view name) {
        auto bytes = binary(name);
        if (auto out = crypto::to_block<N>(bytes)) return *out;
        if (!bytes.empty())
            add(name, "lengte", "The value must be " + std::to_string(N) + " bytes in base64url.");
        return {};
    }
    // A member that must be an array; each of the first `most` elements is given with its own location.
    void each(std::string_view name, std::size_t most,
              const std::function<void(const json::value&, std::string)>& take);
    [[nodiscard]] std::vector<std::string> texts(std::string_view name, std::size_t most,
                                                 std::size_t max = 256);
    // A member that must be an object; nothing (with a fault) otherwise.
    [[nodiscard]] const json::object* object(std::string_view name);
    // The same where absent and null are allowed.
    [[nodiscard]] const json::object* object_or_null(std::string_view name);
    [[nodiscard]] bool has(std::string_view name) const { return object_.contains(name); }

    void add(std::string_view name, std::string_view code, std::string_view detail);
    [[nodiscard]] std::string where(std::string_view name) const {
        return location_ + "/" + std::string(name);
    }
    void finish();

  private:
    const json::value* member(std::string_view name, bool needed);
    const json::string* string_member(std::string_view name, std::size_t max, bool needed);

    const json::object& object_;
    std::string location_;
    faults& found_;
    unknown policy_;
    std::vector<std::string> asked_;
};

}  // namespace protocol
