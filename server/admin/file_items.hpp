// A TOML or JSON file of the domain's data as the entries that a person sees in it, whatever they mean.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "client/refusal.hpp"

namespace admin {

struct item {
    std::string list;                           // "organisatie"; empty for what stands outside of every list
    std::string name;                           // its id, or what tells it from the others of its list
    std::map<std::string, std::string> values;  // "wat.nl" → the text
};

[[nodiscard]] client::result<std::vector<item>> items_of(const std::filesystem::path& file);

}  // namespace admin
