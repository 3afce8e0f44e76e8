using System.Text;

namespace Plura.Messaging;

/// <summary>
/// The body of a letter, encoded once: what is the same for everyone lies ready as quoted-printable bytes, and only what the
/// fields print is encoded per recipient. Each ready piece begins on its own line, so its encoding does not depend on the field before it.
/// </summary>
public sealed class MimeSkeleton
{
    private readonly List<Segment> segments = [];
    private readonly QuotedPrintable literal = new();

    public MimeSkeleton(string boundary, MergeTemplate text, MergeTemplate html, MergeScope constants)
    {
        Raw($"--{boundary}\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n");
        Part(text, constants);
        Raw($"\r\n--{boundary}\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n");
        Part(html, constants);
        Raw($"\r\n--{boundary}--\r\n");
        Flush(field: null, template: null);
    }

    public void Write(QuotedPrintable output, MergeScope scope)
    {
        foreach (var segment in segments)
        {
            output.Encoded(segment.Ready, segment.Column);
            if (segment.Field is { } field)
                output.Text(field.Print(scope));
            else if (segment.Template is { } template)
                output.Text(template.Render(scope));
            else
                continue;
            output.Join();
        }
    }

    private void Part(MergeTemplate template, MergeScope constants)
    {
        if (template.Pieces is not { } pieces)
        {
            Flush(field: null, template);
            return;
        }

        var text = new StringBuilder();
        foreach (var piece in pieces)
        {
            if (piece.Literal is not null || piece.Path is ["account", ..])
            {
                text.Append(piece.Print(constants));
                continue;
            }

            literal.Text(text.ToString());
            text.Clear();
            Flush(piece, template: null);
        }

        literal.Text(text.ToString());
    }

    // Lines of the MIME structure itself are shorter than 76 characters and hold nothing that quoted-printable would change,
    // except '='; so they go in as they are.
    private void Raw(string text) => literal.Encoded(Encoding.ASCII.GetBytes(text), column: 0);

    private void Flush(Piece? field, MergeTemplate? template)
    {
        segments.Add(new Segment(literal.Written.ToArray(), literal.Column, field, template));
        literal.Clear();
    }

    private sealed record Segment(byte[] Ready, int Column, Piece? Field, MergeTemplate? Template);
}
