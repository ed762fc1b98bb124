"""桓台一次办好: the service of one county's approval office (行政审批服务局)."""
