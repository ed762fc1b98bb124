"""WeChat's server side (微信小程序服务端): sign-in, phone numbers, subscription messages; and its emulator."""
