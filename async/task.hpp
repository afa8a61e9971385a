// The one coroutine type. Everything above the store returns task<std::expected<T, errc>>, so that a
// store which completes from another thread (SQLite's journal) and one which waits on a socket
// (PostgreSQL) look alike. Name a temporary, then move it in: no braced or capturing-lambda argument
// inside a co_await expression.
#pragma once

#include <boost/asio/awaitable.hpp>

namespace async {

template <class T>
using task = boost::asio::awaitable<T>;

}  // namespace async
