// The values of a parsed bakend.toml, by name: each fault is a sentence with the line that it is about, and
// reading goes on behind it.
#pragma once

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "base/settings/toml.hpp"
#include "server/config/config.hpp"

namespace config {

class reader {
  public:
    reader(const toml::table& file, std::filesystem::path home, std::span<const key> table)
        : file_(file), home_(std::move(home)), table_(table) {}

    std::vector<std::string> faults;

    void unknown_keys() {
        for (const auto& [name, node] : file_) {
            bool known =
                std::any_of(table_.begin(), table_.end(), [&](const key& k) { return k.name == name.str(); });
            if (!known) fault(node, fmt::format("there is no key '{}'", name.str()));
        }
    }
    std::filesystem::path path(std::string_view name, std::string_view otherwise) {
        return home_ / text(name, otherwise);
    }
    std::string text(std::string_view name, std::string_view otherwise, bool may_be_empty = false) {
        const auto* node = file_.get(name);
        if (!node) return std::string(otherwise);
        if (auto out = value(*node); out && (may_be_empty || !out->empty())) return *out;
        fault(*node, fmt::format("'{}' must be a text", name));
        return std::string(otherwise);
    }
    std::vector<std::string> texts(std::string_view name, std::vector<std::string> otherwise) {
        const auto* node = file_.get(name);
        if (!node) return otherwise;
        if (auto one = value(*node)) return {*one};
        const auto* array = node->as_array();
        if (!array || (array->empty() && !otherwise.empty()))
            return fault(*node, fmt::format("'{}' must be a list of texts", name)), otherwise;
        std::vector<std::string> out;
        for (const auto& element : *array) {
            if (auto one = value(element))
                out.push_back(*one);
            else
                fault(element, fmt::format("'{}' must be a list of texts", name));
        }
        return out;
    }
    bool flag(std::string_view name) {
        const auto* node = file_.get(name);
        if (!node) return false;
        if (!node->is_boolean()) fault(*node, fmt::format("'{}' must be true or false", name));
        return node->value<bool>().value_or(false);
    }
    std::int64_t number(std::string_view name, std::int64_t otherwise, std::int64_t least,
                        std::int64_t most) {
        const auto* node = file_.get(name);
        if (!node) return otherwise;
        auto value = node->is_integer() ? node->value<std::int64_t>() : std::nullopt;
        if (value && least <= *value && *value <= most) return *value;
        fault(*node, fmt::format("'{}' must be a whole number from {} to {}", name, least, most));
        return otherwise;
    }
    std::chrono::seconds seconds(std::string_view name, std::chrono::seconds otherwise) {
        return std::chrono::seconds(number(name, otherwise.count(), 1, 600));
    }
    // In milliseconds, decimals too.
    std::chrono::microseconds delay(std::string_view name, std::chrono::microseconds otherwise,
                                    std::chrono::milliseconds least) {
        constexpr std::chrono::milliseconds most{60'000};
        const auto* node = file_.get(name);
        if (!node) return otherwise;
        const auto value = node->is_number() ? node->value<double>() : std::nullopt;
        if (value && static_cast<double>(least.count()) <= *value &&
            *value <= static_cast<double>(most.count()))
            return std::chrono::microseconds(std::llround(*value * 1000));
        fault(*node, fmt::format("'{}' must be a number of milliseconds from {} to {}", name, least.count(),
                                 most.count()));
        return otherwise;
    }
    void fault(const toml::node& node, const std::string& sentence) {
        faults.push_back(fmt::format("line {}: {}", node.source().begin.line, sentence));
    }
    [[nodiscard]] bool given(std::string_view name) const { return file_.contains(name); }
    // The key's own line; none where it is not in the file, and its default is at fault.
    void fault(std::string_view name, const std::string& sentence) {
        if (const auto* node = file_.get(name))
            fault(*node, sentence);
        else
            faults.push_back(sentence);
    }

  private:
    // A NUL, which TOML can write, would end a path or an address for the system: another one than was read
    // here.
    static std::optional<std::string> value(const toml::node& node) {
        auto out = node.value<std::string>();
        return out && out->find('\0') == std::string::npos ? out : std::nullopt;
    }
    const toml::table& file_;
    std::filesystem::path home_;
    std::span<const key> table_;
};

}  // namespace config
