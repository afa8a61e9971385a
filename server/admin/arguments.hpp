// What every part of the command line shares: a verb that was chosen, how it says that it failed, and the
// checks that tell a typing error at once.
#pragma once

#include <functional>
#include <string>

#include "client/line/refusal.hpp"

namespace CLI {
class App;
}

namespace admin {

// What the chosen verb does; its exit status.
using verb = std::function<int()>;

// The refusal as one sentence on standard error; gives its exit status.
int fail(const client::refusal& refusal);
// Of a verb that wrote to std::cout.
int written(const client::result<void>& done);

// Empty, or what is wrong.
[[nodiscard]] std::string check_desk_id(const std::string& text);

}  // namespace admin
