{application,acme_web,
             [{description,"Example"},
              {vsn,"1.4.2"},
              {registered,[]},
              {applications,[kernel,stdlib,cowlib]},
              {env,[{port,8080},{names,#{a => <<"b">>}}]},
              {modules,[]},
              {licenses,["Apache-2.0"]},
              {links,[]}]}.
