# words of warning
