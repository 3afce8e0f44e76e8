namespace Plura.Accounts;

/// <summary>
/// Between a zip and a browser. What the zip writes while nobody can wait (the last few bytes of a file, when it is closed) is kept until the next
/// moment at which somebody can; so no thread is ever held by a slow reader.
/// </summary>
internal sealed class LateStream(Stream inner) : Stream
{
    private readonly MemoryStream late = new();

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override void Write(byte[] buffer, int offset, int count) => late.Write(buffer, offset, count);

    public override void Write(ReadOnlySpan<byte> buffer) => late.Write(buffer);

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        await Hand(cancellationToken);
        await inner.WriteAsync(buffer, cancellationToken);
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Flush()
    {
    }

    public override async Task FlushAsync(CancellationToken cancellationToken)
    {
        await Hand(cancellationToken);
        await inner.FlushAsync(cancellationToken);
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    private async ValueTask Hand(CancellationToken ct)
    {
        if (late.Length == 0)
            return;
        await inner.WriteAsync(late.GetBuffer().AsMemory(0, (int)late.Length), ct);
        late.SetLength(0);
    }
}
