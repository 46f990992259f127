# Every target is a command of `dev`; `make help` lists them with their settings.
TARGETS := demo stop reset test unit lint bench wheels tenant i18n sdk setup update help

.DEFAULT_GOAL := help
.PHONY: $(TARGETS)

$(TARGETS):
	@dev/run $@
