import { Alert, Button, Container, Flex } from '@backstage/ui';

/** Says why nobody could be signed in, and the way back where there is one. */
export function SignInProblem(props: { error?: Error; onBack?: () => void }) {
  const { error, onBack } = props;
  return (
    <Container>
      <Flex direction="column" gap="4" align="start" mt="8">
        <Alert
          status="danger"
          title="You could not be signed in"
          description={error?.message ?? 'The back end did not answer.'}
        />
        {onBack && <Button onPress={onBack}>Choose again</Button>}
      </Flex>
    </Container>
  );
}
