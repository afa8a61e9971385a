// The parameters of a query, read with every fault at once: unknown names and repeats are faults, as in
// a body.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "crypto/protocol/faults.hpp"
#include "server/http/message.hpp"

namespace api {

class parameters {
  public:
    // query as in http::head.
    explicit parameters(std::string_view query);

    [[nodiscard]] std::optional<std::string> text(std::string_view name, std::size_t most = 200);
    [[nodiscard]] std::int64_t number(std::string_view name, std::int64_t otherwise, std::int64_t least,
                                      std::int64_t most);
    [[nodiscard]] bool boolean(std::string_view name, bool otherwise);
    // One of these; `otherwise` where it is missing or empty.
    [[nodiscard]] std::string_view one_of(std::string_view name, std::span<const std::string_view> codes,
                                          std::string_view otherwise);
    void add(std::string_view name, std::string_view code, std::string_view detail);
    // Every fault, those for parameters that nobody asked for among them.
    [[nodiscard]] protocol::faults finish();

  private:
    std::vector<http::field> given_;
    std::vector<std::string> asked_;
    protocol::faults found_;
};

}  // namespace api
