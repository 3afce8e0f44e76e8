using System.Text.Json;
using Plura.Messaging;

namespace Plura.Tests.Messaging;

public sealed class MergeTemplateTests
{
    private static readonly MergeScope Ann = Letter.Scope(new()
    {
        ["first_name"] = "Ann <b>",
        ["last_name"] = "O'Neil & \"Sons\"",
        ["empty"] = "",
        ["site"] = "javascript:alert(1)",
        ["lines"] = "one\r\nBcc: thief@example.com",
        ["fields"] = new Dictionary<string, object?>(StringComparer.Ordinal) { ["size"] = "XL", ["count"] = 3, ["T shirt"] = true, ["day"] = new DateOnly(2026, 5, 1) },
    });

    [Fact]
    public void Encodes_what_a_field_prints_in_html() =>
        Assert.Equal("<p>Ann &lt;b&gt; O&#39;Neil &amp; &quot;Sons&quot;</p>", Html("<p>{{ contact.first_name }} {{ contact.last_name }}</p>"));

    [Fact]
    public void Encodes_the_same_when_the_interpreter_runs() =>
        Assert.Equal("<p>Ann &lt;b&gt;</p>", Html("<p>{% if contact.first_name %}{{ contact.first_name }}{% endif %}</p>"));

    [Fact]
    public void Encodes_the_result_of_filters() =>
        Assert.Equal("ANN &lt;B&gt;", Html("{{ contact.first_name | upcase }}"));

    [Fact]
    public void Prints_plain_text_unencoded_and_on_one_line()
    {
        Assert.Equal("Ann <b>", Plain("{{ contact.first_name }}"));
        Assert.Equal("one Bcc: thief@example.com", Plain("{{ contact.lines }}"));
        Assert.Equal("one Bcc: thief@example.com", Plain("{% if true %}{{ contact.lines }}{% endif %}"));
    }

    [Theory]
    [InlineData("Hi {{ contact.nickname | default: \"there\" }}", "Hi there")]
    [InlineData("Hi {{ contact.empty | default: 'there' }}", "Hi there")]
    [InlineData("Hi {{ contact.fields.size | default: 'there' }}", "Hi XL")]
    [InlineData("Hi {{contact.nickname}}{{ nobody.knows.this }}{{ contact.fields.none }}.", "Hi .")]
    [InlineData("{{ contact.fields['T shirt'] }} {{ contact.fields.count }} {{ contact.fields.day }}", "true 3 1 May 2026")]
    [InlineData("{{ account.name }}{{- contact.fields.size -}} !", "Bright SmileXL!")]
    [InlineData("{% for i in (1..3) %}{{ i }}{% endfor %}", "123")]
    [InlineData("{% if contact.fields.count > 2 %}many{% else %}few{% endif %}", "many")]
    [InlineData("{{ '2026-05-01' | date: '%-d %B %Y' }}", "1 May 2026")]
    [InlineData("{% assign x = 'a' %}{{ x | append: 'b' }}{% unless false %}c{% endunless %}{% case 1 %}{% when 1 %}d{% endcase %}", "abcd")]
    [InlineData("{% raw %}{{ x }}{% endraw %}", "{{ x }}")]
    public void Fills_fields_and_fallbacks(string template, string expected) => Assert.Equal(expected, Plain(template));

    [Fact]
    public void Encodes_a_fallback_too() => Assert.Equal("a &amp; b", Html("{{ contact.none | default: 'a & b' }}"));

    [Theory]
    [InlineData("<a href=\"{{ contact.site }}\">x</a>", "<a href=\"#\">x</a>")]
    [InlineData("<a href=\"https://x.example/?n={{ contact.last_name }}&b=1\">x</a>", "<a href=\"https://x.example/?n=O%27Neil%20%26%20%22Sons%22&b=1\">x</a>")]
    [InlineData("<a href=\"https://x.example/{{ contact.fields.size }}\">x</a>", "<a href=\"https://x.example/XL\">x</a>")]
    [InlineData("<a href=\"https://x.example/?n={{ contact.last_name | url_encode }}\">x</a>", "<a href=\"https://x.example/?n=O%27Neil%20%26%20%22Sons%22\">x</a>")]
    [InlineData("<p style=\"color:{{ contact.site }}\">x</p>", "<p style=\"color:javascriptalert1\">x</p>")]
    public void Makes_a_value_harmless_for_its_place(string template, string expected)
    {
        var printed = Html(template).Replace("%2B", "+", StringComparison.Ordinal);
        Assert.Equal(expected, printed);
    }

    [Theory]
    [InlineData("<style>.a { color: {{ contact.first_name }} }</style>", "Line 1: a field cannot stand in a style sheet")]
    [InlineData("<p>\n<b {{ contact.first_name }}>x</b>", "Line 2: a field cannot stand in a style sheet, in a script or bare inside a tag")]
    [InlineData("<p>\n\n{{ contact.first_name", "Line 3: a field or instruction begins with braces but is never closed")]
    [InlineData("a\n{% if contact.x %}b", "Line 2: an instruction is opened here and never ended")]
    [InlineData("{{ contact.x | nofilter }}", "Line 1: there is no filter called \"nofilter\"")]
    [InlineData("{{ contact.x | nofilter: 1 }}", "Line 1: there is no filter called \"nofilter\"")]
    [InlineData("{% include 'secret' %}", "Line 1: letters cannot use \"include\"")]
    [InlineData("{{ 1 + }}", "Line 1: this was not understood: {{ 1 + }}")]
    [InlineData("{% if %}x{% endif %}", "Line 1: this was not understood")]
    public void Says_what_is_wrong_and_where(string template, string sentence)
    {
        var problem = Assert.Throws<TemplateException>(() => MergeTemplate.Parse(template, html: true));
        Assert.StartsWith(sentence, problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{% for i in (1..100000000) %}x{% endfor %}")]
    [InlineData("{% for i in (1..900) %}{% for j in (1..900) %}{% for k in (1..900) %}xxxxxxxxxxxxxxxxxxxx{% endfor %}{% endfor %}{% endfor %}")]
    public void Stops_a_template_that_runs_away(string template) =>
        Assert.Throws<TemplateException>(() => MergeTemplate.Parse(template, html: false).Render(Ann));

    [Fact]
    public void Reads_custom_fields_from_json()
    {
        using var json = JsonDocument.Parse("""{"size":"L","n":5}""");
        var scope = Letter.Scope(new() { ["fields"] = json.RootElement });
        Assert.Equal("L5", MergeTemplate.Parse("{{ contact.fields.size }}{{ contact.fields.n }}", html: false).Render(scope));
        Assert.Equal("big", MergeTemplate.Parse("{% if contact.fields.n > 4 %}big{% endif %}", html: false).Render(scope));
    }

    [Fact]
    public void Turns_back_what_an_editor_encoded_between_braces() =>
        Assert.Equal("Hi you &amp; all", Html(LiquidTags.Decode("Hi {{ contact.none&nbsp;| default: &quot;you &amp; all&quot; }}")));

    [Fact]
    public void Offers_no_object_of_ours() =>
        Assert.Equal("", Plain("{% if true %}{{ contact.fields.get_type }}{{ contact.system }}{{ object.eval }}{{ string.size }}{% endif %}"));

    [Theory]
    [InlineData("{{ contact.words }}!")]
    [InlineData("{% if true %}{{ contact.words }}{% endif %}!")]
    public void Lines_of_a_field_stay_lines_in_a_body_and_nowhere_else(string template)
    {
        var scope = Letter.Scope(new() { ["words"] = "One\r\nTwo\0\u2028Three" });
        Assert.Equal("One\nTwo\nThree!", MergeTemplate.Parse(template, html: false, lines: true).Render(scope));
        Assert.Equal("One Two Three!", MergeTemplate.Parse(template, html: false).Render(scope));
    }

    private static string Html(string template) => MergeTemplate.Parse(template, html: true).Render(Ann);

    private static string Plain(string template) => MergeTemplate.Parse(template, html: false).Render(Ann);
}
