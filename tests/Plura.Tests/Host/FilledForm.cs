using System.Net.Http.Headers;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;

namespace Plura.Tests;

/// <summary>What a browser would send for a form: its controls' values, those the test gave, and the button pressed.</summary>
internal sealed class FilledForm
{
    private readonly IHtmlFormElement form;
    private readonly List<(string Name, object Value)> values = [];

    public FilledForm(IHtmlFormElement form, object fields, string? button)
    {
        this.form = form;
        var given = fields as IReadOnlyDictionary<string, object?>
            ?? fields.GetType().GetProperties().ToDictionary(p => p.Name, p => p.GetValue(fields), StringComparer.Ordinal);
        foreach (var control in form.Elements.OfType<IElement>())
            Add(control);
        foreach (var (name, value) in given)
            Fill(name, value);
        if (button is not null)
        {
            var pressed = form.Elements.OfType<IElement>().FirstOrDefault(e => e.LocalName is "button" or "input" && (e.TextContent + e.GetAttribute("value")).Contains(button, StringComparison.Ordinal))
                ?? throw new InvalidOperationException($"No button says '{button}'.");
            if (pressed.GetAttribute("name") is { Length: > 0 } name)
                values.Add((name, pressed.GetAttribute("value") ?? ""));
        }
    }

    public HttpContent Content()
    {
        if (!string.Equals(form.GetAttribute("enctype"), "multipart/form-data", StringComparison.OrdinalIgnoreCase))
            return new FormUrlEncodedContent(values.Select(v => KeyValuePair.Create(v.Name, Text(v.Value))));
        var content = new MultipartFormDataContent();
        foreach (var (name, value) in values)
        {
            if (value is UploadedFile file)
            {
                var part = new ByteArrayContent(file.Bytes);
                part.Headers.ContentType = new MediaTypeHeaderValue(file.ContentType);
                content.Add(part, name, file.Name);
            }
            else
            {
                content.Add(new StringContent(Text(value)), name);
            }
        }

        return content;
    }

    public string Query() => "?" + string.Join('&', values.Select(v => $"{Uri.EscapeDataString(v.Name)}={Uri.EscapeDataString(Text(v.Value))}"));

    private void Add(IElement control)
    {
        if (control.GetAttribute("name") is not { Length: > 0 } name || control.HasAttribute("disabled"))
            return;
        switch (control)
        {
            case IHtmlInputElement { Type: "checkbox" or "radio" } box:
                if (box.HasAttribute("checked"))
                    values.Add((name, box.GetAttribute("value") ?? "on"));
                break;
            case IHtmlInputElement { Type: "submit" or "button" or "image" or "reset" or "file" }:
                break;
            case IHtmlInputElement input:
                values.Add((name, input.Value));
                break;
            case IHtmlSelectElement select:
                values.AddRange(select.Options.Where(o => o.IsSelected).Select(o => (name, (object)o.Value)));
                break;
            case IHtmlTextAreaElement area:
                values.Add((name, area.Value));
                break;
        }
    }

    private void Fill(string name, object? value)
    {
        var full = form.Elements.OfType<IElement>().Select(e => e.GetAttribute("name")).FirstOrDefault(n => n is not null && (n == name || n.EndsWith("." + name, StringComparison.OrdinalIgnoreCase)))
            ?? throw new InvalidOperationException($"The form has no field '{name}'; it has {string.Join(", ", form.Elements.OfType<IElement>().Select(e => e.GetAttribute("name")).Where(n => n is not null))}.");
        values.RemoveAll(v => v.Name == full);
        switch (value)
        {
            case null or false:
                break;
            case true:
                values.Add((full, form.QuerySelector($"[name='{full}'][type=checkbox]")?.GetAttribute("value") ?? "true"));
                break;
            case IEnumerable<string> several:
                values.AddRange(several.Select(v => (full, (object)v)));
                break;
            default:
                values.Add((full, value));
                break;
        }
    }

    private static string Text(object value) => Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture) ?? "";
}
