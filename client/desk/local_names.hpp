// What the members of a desk are called on this machine, by their lead: "anna" for an id of 36 signs. No part
// of anything that is signed or handed in, and never sent to the server.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "client/here/state.hpp"
#include "crypto/encoding.hpp"

namespace desk {

inline constexpr std::size_t longest_name = 40;  // letters

// Why this cannot be a name, with the mend; empty where it can: one to 40 letters, digits and signs that can
// be seen, no space at an end, and not the form of an id.
[[nodiscard]] std::string fault_of_name(std::string_view name);

// anna.key.pub → anna; empty where what is left is no name.
[[nodiscard]] std::string name_of_card(std::string_view path);

class local_names {
  public:
    local_names() = default;
    [[nodiscard]] static client::result<local_names> read(const client::state& memory, std::string_view desk);
    [[nodiscard]] client::result<void> write(const client::state& memory, std::string_view desk) const;

    // Empty where there is none.
    [[nodiscard]] std::string of(const crypto::uuid& lid) const;
    // "578a34ec-… (anna)", or the id alone.
    [[nodiscard]] std::string with(const crypto::uuid& lid) const;
    // Whoever is called so; nothing where nobody is, or several are.
    [[nodiscard]] std::optional<crypto::uuid> called(std::string_view name) const;
    void give(const crypto::uuid& lid, std::string name) { names_.insert_or_assign(lid, std::move(name)); }
    [[nodiscard]] const std::map<crypto::uuid, std::string>& all() const { return names_; }

  private:
    std::map<crypto::uuid, std::string> names_;
};

}  // namespace desk
