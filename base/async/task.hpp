// The one coroutine type. Everything above the store returns task<std::expected<T, errc>>, so that a
// store which completes from another thread (SQLite's journal) and one which waits on a socket
// (PostgreSQL) look alike. Name a temporary, then move it in: no braced or capturing-lambda argument
// inside a co_await expression.
#pragma once

#include <boost/asio/awaitable.hpp>

// A frame holds what reporters typed for as long as its coroutine waits; see CMakeLists.txt.
#if defined(BOOST_ASIO_HAS_STD_ALIGNED_ALLOC) || BOOST_ASIO_RECYCLING_ALLOCATOR_CACHE_SIZE != 0
#error "Asio must take its memory from operator new, which wipes: link the room async"
#endif

namespace async {

template <class T>
using task = boost::asio::awaitable<T>;

}  // namespace async
