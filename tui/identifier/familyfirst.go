package identifier

// isFamilyFirst reports whether a name begins with its family's, as Chinese,
// Korean and Vietnamese ones do, and are too short for other rules: "Li Na".
func (p *page) isFamilyFirst(i int) bool {
	t, next := p.at(i), p.at(i+1)
	if !familyNames[t.word] || !syllables[next.word] || t.possessive {
		return false
	}
	if t.isCapital() {
		return next.isCapital()
	}
	return t.isSmall() && next.isSmall() && t.class == surname && next.class&^(surname|anyFirstName) == 0
}

var (
	familyNames = set("li wang zhang liu chen yang huang zhao wu zhou xu sun ma zhu hu guo lin gao luo zheng liang " +
		"xie tang feng deng cao peng zeng xiao tian dong pan cai jiang yu ye cheng wei su lu ren yao shen " +
		"chan wong lam leung cheung kim park choi jung kang yoon nguyen tran pham hoang phan vu dang bui do ngo")
	syllables = set("na fang wei min jie jing li ying hua xia mei ming lan yan ling yun hong xin xue qing feng jun " +
		"hui lei yang juan qiang bo bin chao tao ping gang yong peng dan ning rui yi ting lin hao jian kai long tian " +
		"xiao yu yue zhen zhi hai cheng dong fei fen gui guang han hang hai jia jin kun liang lu man miao pei qian " +
		"qin rong shan shu shuang song wen xiang xiu yao ye ying yuan yuting ze thi van duc anh linh thanh minh huy " +
		"tuan phuong hyun joon jun seo ji soo young hye eun wing ka wai kin man siu yee hoi")
)
