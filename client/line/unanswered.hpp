// Why a request got no usable answer, for the person who has to mend it: which address was asked, and where
// that address was said.
#pragma once

#include "client/line/http.hpp"
#include "client/line/refusal.hpp"

namespace client {

[[nodiscard]] refusal unanswered(const http& line, errc error);

}  // namespace client
