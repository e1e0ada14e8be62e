# words of watch
