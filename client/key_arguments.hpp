// The verbs about keys and who holds them: keygen, card, passwd, enrol, revoke, keys, names, restored.
#pragma once

#include "client/form.hpp"

namespace desk {

// null: of another verb.
[[nodiscard]] reader key_reader_of(std::string_view verb);

}  // namespace desk
