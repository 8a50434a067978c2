/set mode retort -command
/set prompt retort "\njshell> " "   ...> "
/set format retort action "created" added-primary
/set format retort action "modified" modified-primary
/set format retort action "replaced" replaced-primary
/set format retort action "overwrote" overwrote-primary
/set format retort action "dropped" dropped-primary
/set format retort action "  update created" added-update
/set format retort action "  update modified" modified-update
/set format retort action "  update replaced" replaced-update
/set format retort action "  update overwrote" overwrote-update
/set format retort action "  update dropped" dropped-update
/set format retort display "{result}{pre}created scratch variable {name} : {type}{post}" expression-added,modified,replaced-primary
/set format retort display "{result}{pre}value of {name} : {type}{post}" varvalue-added,modified,replaced-primary
/set format retort display "{result}{pre}assigned to {name} : {type}{post}" assignment-primary
/set format retort display "{result}{pre}{action} variable {name} : {type}{resolve}{post}" varinit,vardecl
/set format retort display "{pre}{action} variable {name}{resolve}{post}" vardecl,varinit-notdefined
/set format retort display "{pre}{action} variable {name}{post}" dropped-vardecl,varinit,expression
/set format retort display "{pre}{action} {typeKind} {name}{resolve}{post}" class,interface,enum,annotation,record
/set format retort display "{pre}{action} method {name}({type}){resolve}{post}" method
/set format retort display "{pre}attempted to use {typeKind} {name}{resolve}{post}" used-class,interface,enum,annotation,record
/set format retort display "{pre}attempted to call method {name}({type}){resolve}{post}" used-method
/set format retort display "" added,modified,replaced,overwrote,dropped-update
/set format retort display "{pre}{action} variable {name}, reset to null{post}" replaced-vardecl,varinit-ok-update
/set format retort display "{pre}{action} variable {name}{resolve}{post}" replaced-vardecl,varinit-notdefined
/set format retort display "{result}" added,modified,replaced-expression,varvalue,assignment,varinit,vardecl-ok-primary
/set format retort err "%6$s"
/set format retort errorline "{post}{pre}    {err}"
/set format retort errorpost "%n"
/set format retort errorpre "|  "
/set format retort errors "%5$s"
/set format retort name "%1$s"
/set format retort post "%n"
/set format retort pre "|  "
/set format retort resolve "{until}{unrerr}" defined,notdefined-added,modified,replaced,used
/set format retort result "{name} ==> {value}{post}" added,modified,replaced-ok-primary
/set format retort type "%2$s"
/set format retort typeKind "class" class
/set format retort typeKind "interface" interface
/set format retort typeKind "enum" enum
/set format retort typeKind "annotation interface" annotation
/set format retort typeKind "record" record
/set format retort unrerr "{unresolved} is declared" unresolved1-error0
/set format retort unrerr "{unresolved} are declared" unresolved2-error0
/set format retort unrerr " this error is corrected: {errors}" unresolved0-error1
/set format retort unrerr "{unresolved} is declared and this error is corrected: {errors}" unresolved1-error1
/set format retort unrerr "{unresolved} are declared and this error is corrected: {errors}" unresolved2-error1
/set format retort unrerr " these errors are corrected: {errors}" unresolved0-error2
/set format retort unrerr "{unresolved} is declared and these errors are corrected: {errors}" unresolved1-error2
/set format retort unrerr "{unresolved} are declared and these errors are corrected: {errors}" unresolved2-error2
/set format retort unresolved "%4$s"
/set format retort until ", however, it cannot be instantiated or its methods invoked until" defined-class,record-primary
/set format retort until ", however, its methods cannot be invoked until" defined-interface-primary
/set format retort until ", however, it cannot be used until" defined-enum,annotation-primary
/set format retort until ", however, it cannot be invoked until" defined-method-primary
/set format retort until ", however, it cannot be referenced until" notdefined-primary
/set format retort until " which cannot be instantiated or its methods invoked until" defined-class,record-update
/set format retort until " whose methods cannot be invoked until" defined-interface-update
/set format retort until " which cannot be invoked until" defined-method-update
/set format retort until " which cannot be referenced until" notdefined-update
/set format retort value "%3$s"
/set truncation retort 20000
