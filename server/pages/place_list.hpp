// Every name of a municipality or a place, as one file that is the same for everybody: the script that offers
// names while somebody types (static/scripts/suggest.ts) looks in it, so that what is typed goes nowhere.
#pragma once

#include <memory>
#include <string_view>

#include "base/async/held.hpp"
#include "server/pages/assets.hpp"
#include "server/places/gemeenten.hpp"

namespace pages {

class place_list {
  public:
    // The script asks for it by this name.
    static constexpr std::string_view path = "/plaatsen.json";

    explicit place_list(const async::held<guide::gemeenten>& gemeenten);

    // A JSON list of names, in the order of guide::gemeenten::names; 304 where the client has it. Made anew
    // when other data came into force.
    [[nodiscard]] http::response answer(const http::head& head) const;

  private:
    struct made {
        std::shared_ptr<const guide::gemeenten> of;
        tagged bytes;
    };
    [[nodiscard]] static std::shared_ptr<const made> make(std::shared_ptr<const guide::gemeenten> of);

    const async::held<guide::gemeenten>& gemeenten_;
    mutable async::held<made> made_;
};

}  // namespace pages
