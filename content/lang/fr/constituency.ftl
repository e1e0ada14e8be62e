# words of constituency
