// The pages that refuse, in one language: made beforehand, so that refusing costs next to nothing, however
// many ask for what is not there.
#pragma once

#include <map>

#include "server/pages/assets.hpp"
#include "server/pages/message.hpp"

namespace pages {

class refusals {
  public:
    refusals(const book& book, const frame& frame);

    // The page for this status, compressed as the request takes it where it is one that a stranger can ask
    // for often: 404, 405, 415, 503.
    [[nodiscard]] http::response answer(unsigned status, const http::head& head) const;

  private:
    std::map<unsigned, encoded> often_;
    std::map<unsigned, http::response> others_;
};

}  // namespace pages
