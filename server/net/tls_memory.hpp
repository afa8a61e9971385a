// Memory of OpenSSL that is overwritten before it goes back to the allocator.
#pragma once

namespace net {

// OpenSSL frees its record and BIO buffers as they are, and they hold what a reporter typed. From this call
// on whatever OpenSSL frees or grows, in the whole process, leaves zeros behind. Must come before any other
// call to OpenSSL, by any library: once it has allocated, it takes no other allocator, and the answer is
// false.
[[nodiscard]] bool wipe_tls_memory();

}  // namespace net
