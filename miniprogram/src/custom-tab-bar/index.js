// WeChat asks for this component once tabBar.custom is set; the bar itself is components/tab-bar,
// the same on every platform, because WeChat's own bar keeps small type in elder mode.
Component({});
