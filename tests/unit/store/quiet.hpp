// Nothing goes to stderr while one of these lives: the store tells the operator of each fault, here of
// thousands.
#pragma once

#include <fcntl.h>
#include <unistd.h>

class quiet {
  public:
    quiet() {
        const int nowhere = ::open("/dev/null", O_WRONLY | O_CLOEXEC);
        ::dup2(nowhere, 2);
        ::close(nowhere);
    }
    ~quiet() {
        ::dup2(kept_, 2);
        ::close(kept_);
    }
    quiet(const quiet&) = delete;
    quiet& operator=(const quiet&) = delete;

  private:
    int kept_ = ::fcntl(2, F_DUPFD_CLOEXEC, 0);
};
